using AgentRec.Silo;

return await SiloApplication.RunAsync(args);
