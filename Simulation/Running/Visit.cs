using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Simulation;

/// <summary>What people do on a visit, whoever recommends to them: ask, answer, read, tell what they took, and go on or leave.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="arm">The arm.</param>
/// <param name="rules">Knows what things are truly worth.</param>
/// <param name="brain">Reads slates.</param>
/// <param name="place">The place of an item in the world, by id.</param>
internal sealed class Visit(Scenario scenario, ArmTerms arm, RuleBrain rules, PluggedBrain brain, Func<string, int> place)
{
    /// <summary>Plays a visit.</summary>
    /// <param name="person">Who comes by.</param>
    /// <param name="policy">The rule set in force.</param>
    /// <param name="take">Takes a turn.</param>
    /// <param name="tell">Tells what was taken in a turn, before the next one.</param>
    /// <param name="meter">Hears of every turn.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<(List<TurnRow> Turns, List<ItemRow> Items)> PlayAsync(
        Person person, string policy, Func<TurnRequest, Task<TurnResult>> take, Func<int, Reading[], Task> tell, LabMeter meter, CancellationToken cancellationToken)
    {
        var (turns, items) = (new List<TurnRow>(), new List<ItemRow>());
        for (var turn = 1; ; turn++)
        {
            var (result, questions) = await AskAsync(person, turn, policy, take);
            int[] slate = [.. result.Slate!.Items.Select(item => place(item.ItemId))];
            var (regret, hit, ndcg) = TrueWorth.Of(person, rules.Inclines(person), slate, scenario.SlateSize);
            var (readings, stoodIn) = await brain.ReadAsync(person, slate, turn, cancellationToken);
            await tell(turn, readings);
            var satisfaction = person.Live(readings);
            items.AddRange(readings.Select((reading, position) => new ItemRow(person.Index, turn, position + 1, reading)));
            turns.Add(new TurnRow(
                person.Index, turn, result.Negotiation?.UtilityKept ?? 1, regret, hit, ndcg, satisfaction,
                readings.Any(reading => reading.Rating >= 4), readings.Count(reading => reading.Rating is not null), questions, stoodIn));
            meter.Turn();
            if (!person.GoesOn(turn))
                break;
        }
        person.Leave();
        return (turns, items);
    }

    /// <summary>Asks for a slate, and answers what is asked first.</summary>
    private async Task<(TurnResult Slate, int Questions)> AskAsync(Person person, int turn, string policy, Func<TurnRequest, Task<TurnResult>> take)
    {
        ImmutableArray<Constraint> wishes = person.AsksFor(turn) is { } genre
            ? [new Constraint(FacetNames.Genre, ConstraintOperator.Eq, [genre], ConstraintStrength.Soft, null)]
            : [];
        var request = TurnRequest.Empty with { SlateSize = scenario.SlateSize, Policy = policy, Protocol = arm.Protocol, Questions = arm.Questions };
        // What was asked for last time is over.
        var result = await take(request with { Constraints = wishes, Withdraw = person.Traits.Asks > 0 && turn > 1 ? [FacetNames.Genre] : null });
        var questions = 0;
        while (result.Question is { } question)
            result = await take(request with { Answer = new Answer(question.Id, person.Answer(question, turn, ++questions)) });
        return (result, questions);
    }
}
