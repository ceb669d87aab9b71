// Orleans has a hash of the same name.
global using StableHash = AgentRec.Domain.StableHash;
