using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Recommenders.Blending;
using AgentRec.Recommenders.Training;

namespace AgentRec.Recommenders.Evaluation;

/// <summary>A data set cut into training, validation and test.</summary>
/// <param name="Protocol">How it was cut.</param>
/// <param name="Catalogue">What is ranked; strata from train and validation.</param>
/// <param name="HoldOut">The training part, and the validation part by user.</param>
/// <param name="Data">Train and validation together: what models are fitted on again.</param>
/// <param name="Test">The users with test items.</param>
/// <param name="Skipped">How many users are not evaluated.</param>
public sealed record EvaluationSplit(
    string Protocol, Catalogue Catalogue, HoldOut HoldOut, TrainingData Data, ImmutableArray<EvaluationUser> Test, int Skipped)
{
    /// <summary>The protocol in which each user's last positive is test and the one before validation.</summary>
    public const string LeaveLastOut = "leave-last-out";

    /// <summary>
    /// The protocol in which each user's last max(1, floor(0.2 n)) positives are test and the last max(1, floor(0.1 m)) of
    /// the m before them validation.
    /// </summary>
    public const string UserTemporal = "user-temporal";

    private const int LeastPositives = 5;

    /// <summary>The parts by user, for whoever cuts again.</summary>
    internal ImmutableArray<SplitUser> Users { get; init; } = [];

    /// <summary>
    /// Cuts a data set. Users need 5 positives; the others are skipped, in training too. Excluded for a user is what a served
    /// system would exclude at the moment of the cut: the train and validation positives, and everything else consumed up to
    /// the last of them.
    /// </summary>
    /// <param name="protocol"><see cref="LeaveLastOut"/> or <see cref="UserTemporal"/>.</param>
    /// <param name="catalogue">All items.</param>
    /// <param name="interactions">All interactions.</param>
    /// <param name="seed">The seed of the order of ties.</param>
    /// <exception cref="ArgumentException">The protocol is not known.</exception>
    public static EvaluationSplit Cut(string protocol, Catalogue catalogue, IEnumerable<Interaction> interactions, ulong seed)
    {
        Func<int, (int Test, int Validation)> sizes = protocol switch
        {
            LeaveLastOut => _ => (1, 1),
            UserTemporal => TemporalSizes,
            _ => throw new ArgumentException($"The protocol '{protocol}' is not known: use {LeaveLastOut} or {UserTemporal}.", nameof(protocol)),
        };
        var users = new List<SplitUser>();
        var skipped = 0;
        foreach (var user in interactions.GroupBy(interaction => interaction.UserId, StringComparer.Ordinal).OrderBy(user => user.Key, StringComparer.Ordinal))
        {
            var history = UserHistory.From(catalogue, user, seed);
            if (history.Count < LeastPositives)
            {
                skipped++;
                continue;
            }
            var (test, validation) = sizes(history.Count);
            var known = history.Before(history.Count - test);
            var targets = history.Items[known.Count..];
            var consumed = user
                .Where(interaction => interaction.IsConsumed && UserHistory.TimeOf(interaction) <= known.Times[^1])
                .Select(interaction => catalogue.TryHandle(interaction.ItemId, out var handle) ? handle : -1)
                .Where(handle => handle >= 0 && !targets.Contains(handle));
            users.Add(new SplitUser(user.Key, known.Before(known.Count - validation), known, targets, [.. known.Items.Concat(consumed).Distinct().Order()]));
        }
        return Of(protocol, catalogue, users, skipped);
    }

    /// <summary>
    /// The same users before their test: the validation part takes the test's place, and models learn from the training part alone, of
    /// which the last tenth validates them. What is tuned here has not seen the test.
    /// </summary>
    public EvaluationSplit BeforeTest()
    {
        var users = Users.Where(user => user.Train.Count > 1).Select(user => new SplitUser(
            user.UserId, user.Train.Before(user.Train.Count - TemporalSizes(user.Train.Count).Validation), user.Train,
            [.. user.Known.Items[user.Train.Count..]], [.. user.Train.Items.Order()]));
        return Of($"{Protocol}, validation", Catalogue, [.. users], Skipped);
    }

    internal static (int Test, int Validation) TemporalSizes(int positives)
    {
        // Whole-number arithmetic: 0.2 and 0.1 have no exact doubles.
        var test = Math.Max(1, positives / 5);
        return (test, Math.Max(1, (positives - test) / 10));
    }

    internal static EvaluationSplit Of(string protocol, Catalogue catalogue, IReadOnlyList<SplitUser> users, int skipped)
    {
        var train = new TrainingData(catalogue.Count, users.Select(user => user.Train));
        var data = new TrainingData(catalogue.Count, users.Select(user => user.Known));
        var validation = users
            .Where(user => user.Known.Count > user.Train.Count)
            .Select(user => new HeldOutUser(user.Train, user.Known.Items[user.Train.Count..], user.Train.Items));
        return new EvaluationSplit(
            protocol,
            catalogue.WithPositives(data.PositiveCounts),
            new HoldOut(train, [.. validation]),
            data,
            [.. users.Where(user => !user.Test.IsEmpty).Select(user => new EvaluationUser(user.UserId, user.Known, user.Test, user.Excluded))],
            skipped + users.Count(user => user.Test.IsEmpty))
        {
            Users = [.. users],
        };
    }
}

/// <summary>One user's parts.</summary>
/// <param name="UserId">The user's id.</param>
/// <param name="Train">The train positives.</param>
/// <param name="Known">The train and validation positives; the former come first.</param>
/// <param name="Test">The test positives.</param>
/// <param name="Excluded">What is not ranked.</param>
internal sealed record SplitUser(
    string UserId, UserHistory Train, UserHistory Known, ImmutableArray<int> Test, ImmutableArray<int> Excluded);
