using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Language;
using AgentRec.LanguageModel.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AgentRec.Simulation;

/// <summary>
/// A brain that asks a language model, through the port that agents use: the same budgets, checks, recordings and replays. A run whose
/// answers were recorded gives the same bytes from the replay, which asks no endpoint.
/// </summary>
public sealed class LanguageBrain : IUserBrain, IAsyncDisposable
{
    /// <summary>What arms call it.</summary>
    public const string Name = "language";

    // The budgets of a tenant are for visitors of a site; what a run asks is bounded by its turns.
    private static readonly KeyValuePair<string, string?>[] Unhurried =
    [
        new("Language:TurnMilliseconds", "60000"),
        new("Language:TenantRequestsPerMinute", "1000000"),
        new("Language:TenantTokensPerMinute", "1000000000"),
    ];

    private readonly ServiceProvider _services;
    private readonly ILanguageModel _model;

    private LanguageBrain(ServiceProvider services) => (_services, _model) = (services, services.GetRequiredService<ILanguageModel>());

    /// <summary>Makes it.</summary>
    /// <param name="configuration">Holds the section <c>Language</c>: <c>Endpoint</c>, <c>Model</c>, <c>ApiKey</c>, <c>Record</c> or <c>Replay</c>, and so on.</param>
    /// <exception cref="SimulationException">It names neither an endpoint nor a replay, or is not valid.</exception>
    public static LanguageBrain Create(IConfiguration configuration)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        var all = new ConfigurationBuilder().AddInMemoryCollection(Unhurried).AddConfiguration(configuration).Build();
        if (services.AddLanguageModel(all) is null)
            throw new SimulationException("A brain that asks a language model needs Language:Endpoint or Language:Replay.");
        var provider = services.BuildServiceProvider();
        try
        {
            return new LanguageBrain(provider);
        }
        catch (Microsoft.Extensions.Options.OptionsValidationException invalid)
        {
            provider.Dispose();
            throw new SimulationException($"The language model is not configured: {invalid.Message}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<Choice>> ReadAsync(Reader reader, ImmutableArray<SeenItem> slate, CancellationToken cancellationToken)
    {
        var visit = string.Create(CultureInfo.InvariantCulture, $"{StableHash.Of(0, reader.UserId):x16}-{reader.Period}-{reader.Turn}");
        var task = new JudgementTask(
            new LanguageParty(Identifier.DefaultTenant, reader.UserId, visit), visit, Persona(reader), reader.Liked,
            [.. slate.Select(one => new JudgedItem(one.Item.Title, one.Item.Facets, one.IsKnown))]);
        var answer = await _model.JudgeAsync(task, cancellationToken);
        return answer.Value is { } judged ? [.. judged.Places.Select(place => new Choice(place.LooksAt, place.Rating))] : [];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static string Persona(Reader reader)
    {
        var lately = reader.Lately.IsEmpty ? "nothing yet" : string.Join(", ", reader.Lately);
        var mood = reader.Mood switch { < -0.1 => "annoyed by the recommender", > 0.1 => "pleased with the recommender", _ => "neutral" };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"One of the {reader.Kind}. On scales from 0 to 1 you are swayed by what others take to {reader.Traits["conformity"]:0.0}, drawn to variety {reader.Traits["diversity"]:0.0}, trusting of recommendations {reader.Traits["trust"]:0.0}, patient {reader.Traits["patience"]:0.0}, and look at the top alone {reader.Traits["positionBias"]:0.0}. Genres that you took lately: {lately}. You are {mood}.");
    }
}
