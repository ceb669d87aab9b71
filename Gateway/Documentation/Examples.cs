namespace AgentRec.Gateway.Documentation;

/// <summary>Bodies that a reader of the documentation can send as they are.</summary>
internal static class Examples
{
    /// <summary>The example of a call's body.</summary>
    /// <param name="operationId">The call.</param>
    /// <returns>JSON; null when the call takes no body.</returns>
    public static string? Of(string? operationId) => operationId switch
    {
        "openSession" => """{"userId":"ada","context":{"device":"tv"}}""",
        "takeTurn" => """{"turnId":"evening-1","message":"something like Blade Runner but newer","constraints":[{"facet":"year","op":"ge","value":1980,"strength":"soft"}],"slateSize":10}""",
        "giveFeedback" => """{"interactionId":"click-1","itemId":"541","type":"rate","value":4.5}""",
        "recordInteractions" => """[{"interactionId":"i-1","userId":"ada","itemId":"541","type":"like","timestamp":"2024-05-01T18:30:00Z"}]""",
        "putItems" => """[{"itemId":"541","title":"Blade Runner","facets":{"genre":["Science Fiction","Thriller"],"year":1982}}]""",
        "correctMemory" => """{"corrections":[{"facet":"genre","value":"Horror","attitude":"never"}]}""",
        "putPolicy" => """{"name":"balanced","rules":[{"id":"no-monoculture","type":"count","facet":"firstGenre","forEach":true,"atMost":3,"severity":"hard","priority":50,"sentence":"No genre leads more than three titles."}]}""",
        "activateModel" => """{"version":"5f0c9b6c8b7a1e20","force":false}""",
        "createAccessKey" => """{"name":"shop front","scopes":["sessions","read"],"expiresInDays":365}""",
        "verifyErasureReceipt" => """{"receipt":{}}""",
        "verifyCertificate" => """{"certificate":{}}""",
        _ => null,
    };
}
