using AgentRec.Domain;

namespace AgentRec.Simulation;

/// <summary>
/// How a simulated user answers a question: with the option whose ten best items are liked best, where one is liked clearly better
/// than the mean of all options, and else that it does not matter. A share of the answers, a quarter of the user's noise, is any option.
/// No answer names an item.
/// </summary>
/// <param name="world">What is true.</param>
/// <param name="chance">The run's luck.</param>
internal sealed class QuestionAnswers(World world, Chance chance)
{
    private const int Best = 10;
    private const double Clearly = 0.1;

    /// <summary>The option that is chosen.</summary>
    /// <param name="person">Who answers.</param>
    /// <param name="question">The question.</param>
    /// <param name="turn">The turn of the session, from 1.</param>
    /// <param name="number">The question of the turn, from 1.</param>
    public string Of(Person person, Question question, int turn, int number)
    {
        var time = (person.Moment.Period * 64) + (turn * 8) + number;
        if (chance.Uniform(Draw.Answers, person.Index, time) < person.Traits.Noise / 4)
            return question.Options[(int)(chance.Uniform(Draw.Answers, person.Index, time, 1) * question.Options.Length)];
        var (chosen, greatest, sum, count) = (-1, double.NegativeInfinity, 0.0, 0);
        for (var option = 0; option < question.Options.Length; option++)
        {
            if (question.Meaning(option) is not { IsEmpty: false } meaning || Liking(person, meaning) is not { } liking)
                continue;
            (sum, count) = (sum + liking, count + 1);
            if (liking > greatest)
                (chosen, greatest) = (option, liking);
        }
        var open = question.OptionOf(Question.NoPreference);
        return chosen < 0 || (open >= 0 && greatest - (sum / count) < Clearly)
            ? question.Options[open >= 0 ? open : ^1]
            : question.Options[chosen];
    }

    /// <summary>The mean appeal of the best items that fit and are not known, in points of rating; null where there are none.</summary>
    private double? Liking(Person person, IReadOnlyCollection<Constraint> meaning)
    {
        var best = Enumerable.Range(0, person.Moment.Present)
            .Where(item => !person.State.Known.Contains(item) && meaning.All(wish => wish.IsMetBy(DerivedFacets.Values(world.Items[item], Stratum.Tail, wish.Facet))))
            .Select(item => world.Appeal(person.Index, person.State.Taste, item)).OrderDescending().Take(Best).ToArray();
        return best.Length == 0 ? null : best.Average();
    }
}
