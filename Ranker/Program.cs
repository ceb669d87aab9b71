using AgentRec.Ranker;

await using var ranker = RankerApplication.Create(args);
await ranker.RunAsync();
