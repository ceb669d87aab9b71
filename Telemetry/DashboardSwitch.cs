using Microsoft.Extensions.Configuration;

namespace AgentRec.Telemetry;

/// <summary>Whether the Orleans dashboard is offered: silos collect for it, and gateways show it to admins.</summary>
public static class DashboardSwitch
{
    /// <summary>The setting, false by default; the same for all silos and gateways of a cluster.</summary>
    public const string Setting = "Dashboard:Enabled";

    /// <summary>True where it is offered. A value that is neither true nor false stops the start.</summary>
    /// <param name="configuration">The host's configuration.</param>
    public static bool IsOn(IConfiguration configuration) => configuration.GetValue<bool>(Setting);
}
