using AgentRec.Gateway;

await using var gateway = GatewayApplication.Create(args);
await gateway.RunAsync();
