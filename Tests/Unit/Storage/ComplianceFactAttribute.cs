using AgentRec.Tests.PostgreSql;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace AgentRec.Tests.Unit.Storage;

/// <summary>A test that every kind of store must pass; skipped for kinds whose server is not installed.</summary>
[AttributeUsage(AttributeTargets.Method), XunitTestCaseDiscoverer("AgentRec.Tests.Unit.Storage.ComplianceDiscoverer", "AgentRec.Tests")]
public sealed class ComplianceFactAttribute : FactAttribute
{
    /// <summary>True for a test that reads the data folder beside the repository; skipped where there is none.</summary>
    public bool NeedsSharedData { get; set; }
}

/// <summary>Finds compliance tests.</summary>
/// <param name="diagnostics">Hears of problems.</param>
public sealed class ComplianceDiscoverer(IMessageSink diagnostics) : FactDiscoverer(diagnostics)
{
    private readonly IMessageSink _diagnostics = diagnostics;

    protected override IXunitTestCase CreateTestCase(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        new ComplianceTestCase(_diagnostics, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod);
}

/// <summary>A compliance test of one kind of store.</summary>
public sealed class ComplianceTestCase : XunitTestCase
{
    [Obsolete("For deserialization only", error: true)]
    public ComplianceTestCase()
    {
    }

    public ComplianceTestCase(IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(diagnostics, display, options, method)
    {
    }

    protected override string? GetSkipReason(IAttributeInfo factAttribute)
    {
        if (factAttribute.GetNamedArgument<bool>(nameof(ComplianceFactAttribute.NeedsSharedData)) && !Directory.Exists(SharedData.Root))
            return $"needs the data folder {SharedData.Root}";
        return TestMethod.TestClass.Class.GetCustomAttributes(typeof(RequiresPostgreSqlAttribute)).Any() ? MissingPostgreSql.Reason : null;
    }
}
