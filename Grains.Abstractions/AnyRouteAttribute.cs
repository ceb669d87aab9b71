using Orleans.CodeGeneration;

namespace AgentRec.Grains.Abstractions;

/// <summary>
/// A client's call of the method goes through the silos in turn, not always through the same one. Each of our calls is awaited
/// before the next, so their order is not at stake; and when a silo hangs, which closes no connection, a repetition goes by
/// another one.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[InvokableCustomInitializer("AddInvokeMethodOptions", InvokeMethodOptions.Unordered)]
internal sealed class AnyRouteAttribute : Attribute;
