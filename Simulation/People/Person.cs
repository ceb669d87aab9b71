using AgentRec.Domain;

namespace AgentRec.Simulation;

/// <summary>A simulated user during a period.</summary>
/// <param name="index">The user's place in the world.</param>
/// <param name="traits">Traits.</param>
/// <param name="state">What changes.</param>
/// <param name="moment">What holds for everybody.</param>
/// <param name="world">What is true.</param>
/// <param name="chance">The run's luck.</param>
internal sealed class Person(int index, Traits traits, PersonState state, Moment moment, World world, Chance chance)
{
    /// <summary>The most turns of a session.</summary>
    public const int GreatestTurns = 5;

    private double _tired;

    public int Index => index;

    public Traits Traits => traits;

    public PersonState State => state;

    public Moment Moment => moment;

    /// <summary>Decides whether the user comes by in this period.</summary>
    public bool ComesBy()
    {
        if (state.HasLeft || moment.Period < state.AwayUntil)
            return false;
        if (traits.VisitTurns is null)
            return chance.Uniform(Draw.ComesBy, index, moment.Period) < traits.Activity;
        // Where data tell how often, people come by regularly, at times of their own: whoever came once comes once.
        return Visits(moment.Period) > Visits(moment.Period - 1);

        int Visits(int period) => (int)((period * traits.Activity) + chance.Uniform(Draw.ComesBy, index));
    }

    /// <summary>The genre that the user asks for in a turn: one of what was liked in the past; null: none.</summary>
    public string? AsksFor(int turn)
    {
        if (chance.Uniform(Draw.Asks, index, moment.Period, turn) >= traits.Asks)
            return null;
        var liked = world.Past[index].Where(past => past.Rating >= 4).Select(past => world.Genres[past.Item]).Where(genres => genres.Length > 0).ToArray();
        return liked.Length == 0 ? null : liked[(int)(chance.Uniform(Draw.Asks, index, moment.Period, 64 + turn) * liked.Length)][0];
    }

    /// <summary>Answers a question by taste, and tires a little.</summary>
    /// <param name="question">The question; what it asks about is all that the answer reveals.</param>
    /// <param name="turn">The turn of the session, from 1.</param>
    /// <param name="number">The question of the turn, from 1.</param>
    public string Answer(Question question, int turn, int number)
    {
        _tired += 0.5;
        return new QuestionAnswers(world, chance).Of(this, question, turn, number);
    }

    /// <summary>Lives with what a slate brought: knows, drifts, feels and tires.</summary>
    /// <returns>How satisfied the user is with the slate, 0 to 1: the mean of what was taken, as a share of full marks; 0 when nothing was.</returns>
    public double Live(Reading[] readings)
    {
        var (sum, count) = (0.0, 0);
        foreach (var reading in readings)
        {
            if (reading.Rating is not { } rating)
                continue;
            sum += rating / 5;
            count++;
            state.Known.Add(reading.Item);
            state.Expects?.Add(reading.Felt);
            if (world.Genres[reading.Item] is [var genre, ..])
            {
                state.Lately.Add(genre);
                if (state.Lately.Count > 5)
                    state.Lately.RemoveAt(0);
            }
            if (rating >= 4 && traits.Drift > 0)
                state.Taste = Towards(state.Taste, world.Traits[reading.Item]);
        }
        var satisfaction = count == 0 ? 0 : sum / count;
        state.Mood = (0.7 * state.Mood) + (0.3 * (satisfaction - 0.5));
        _tired += count == 0 ? 2 : 1;
        return satisfaction;
    }

    /// <summary>Decides whether the user takes another turn.</summary>
    public bool GoesOn(int turn)
    {
        // One number for the whole visit: whole turns, and one more as often as the average asks for.
        if (traits.VisitTurns is { } turns)
            return turn < (int)(turns + chance.Uniform(Draw.GoesOn, index, moment.Period));
        return turn < GreatestTurns && chance.Uniform(Draw.GoesOn, index, moment.Period, turn) < Math.Pow(traits.Patience, _tired);
    }

    /// <summary>Decides, at the end of a session, whether the user stays away for a while or for good.</summary>
    public void Leave()
    {
        var annoyance = Math.Max(0, -state.Mood) * (1 - traits.Patience);
        if (chance.Uniform(Draw.StaysAway, index, moment.Period) >= annoyance)
            return;
        if (chance.Uniform(Draw.ComesBack, index, moment.Period) < 0.2)
            state.HasLeft = true;
        else
            (state.AwayUntil, state.Mood) = (moment.Period + 2 + (int)(6 * chance.Uniform(Draw.ComesBack, index, moment.Period, 1)), 0);
    }

    private double[] Towards(double[] taste, double[] traitsOfItem)
    {
        var (length, size, scale) = (0.0, 0.0, 0.0);
        for (var i = 0; i < taste.Length; i++)
            (length, size) = (length + (taste[i] * taste[i]), size + (traitsOfItem[i] * traitsOfItem[i]));
        if (size == 0)
            return taste;
        var moved = new double[taste.Length];
        for (var i = 0; i < taste.Length; i++)
        {
            moved[i] = ((1 - traits.Drift) * taste[i]) + (traits.Drift * traitsOfItem[i] * Math.Sqrt(length / size));
            scale += moved[i] * moved[i];
        }
        // A taste changes its direction, not its strength.
        for (var i = 0; i < moved.Length && scale > 0; i++)
            moved[i] *= Math.Sqrt(length / scale);
        return moved;
    }
}
