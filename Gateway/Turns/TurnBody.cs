using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Gateway.Reading;

namespace AgentRec.Gateway.Turns;

/// <summary>Asks for one turn. Every member may be left out; <c>{}</c> asks for ten items that suit the user.</summary>
/// <param name="TurnId">The caller's own id of the turn, which makes a repetition harmless. The header <c>Idempotency-Key</c> may carry it instead.</param>
/// <param name="Message">What the user said, in plain language. What is read from it joins <c>constraints</c> of the answer; words that nothing was made of are named in its <c>notUnderstood</c>.</param>
/// <param name="Constraints">Wishes to add to those that the session keeps.</param>
/// <param name="SlateSize">How many items are wanted, 1 to 50; 10 when left out. A number in the message comes before it.</param>
/// <param name="Policy">The rule set; the node's default one when left out.</param>
/// <param name="Protocol">The negotiation protocol; the rule set's own when left out.</param>
/// <param name="Answer">The answer to the session's open question: one of its options, or the user's own words. What it stands for joins <c>constraints</c>.</param>
/// <param name="ExplainPolicy">True to be told what the slate would have been without each rule; false when left out.</param>
/// <param name="Withdraw">Facets of which the session forgets its wishes, before new ones are added. <c>year</c> takes back decades too.</param>
/// <param name="Questions">Whether the turn may be answered with a question in place of a slate: <c>auto</c> where the words leave open what is wanted, <c>never</c>, or <c>eager</c> whatever was said. It never is unless the question pays. The node's setting when left out.</param>
internal sealed record TurnBody(
    string? TurnId,
    string? Message,
    ImmutableArray<Constraint>? Constraints,
    int? SlateSize,
    string? Policy,
    string? Protocol,
    Answer? Answer,
    bool? ExplainPolicy,
    ImmutableArray<string>? Withdraw,
    QuestionMode? Questions) : IRequestBody<TurnBody>
{
    private const int GreatestFacetName = 128;

    /// <inheritdoc/>
    public static TurnBody? Read(JsonElement root, FieldErrors errors, GatewayOptions options) =>
        JsonFields.Read(root, string.Empty, errors, fields => new TurnBody(
            fields.Id("turnId"),
            fields.Text("message", options.MaximumMessageLength),
            fields.Objects("constraints", options.MaximumConstraints, required: false, ConstraintReader.Read),
            fields.Integer("slateSize", 1, TurnRequest.GreatestSlateSize),
            fields.Id("policy"),
            fields.Id("protocol"),
            fields.Object("answer", answer => new Answer(
                answer.RequiredId("questionId"),
                answer.Text("value", options.MaximumMessageLength, required: true) ?? string.Empty)),
            fields.Truth("explainPolicy"),
            fields.Texts("withdraw", options.MaximumConstraints, GreatestFacetName),
            fields.Choice<QuestionMode>("questions", required: false)));

    /// <summary>The turn as the session takes it. A blank message says nothing.</summary>
    /// <param name="turnId">The turn's id, wherever it stood.</param>
    public TurnRequest ToRequest(string? turnId) => new(
        turnId,
        string.IsNullOrWhiteSpace(Message) ? null : Message,
        Constraints ?? [],
        SlateSize ?? TurnRequest.DefaultSlateSize,
        Policy,
        Protocol,
        Answer,
        ExplainPolicy is true ? true : null,
        Withdraw is [_, ..] ? Withdraw : null,
        Questions);
}
