using System.Reflection;
using AgentRec.Simulation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentRec.Tests.Unit.Simulation;

/// <summary>Examples that are programs of one file: they compile against the library as it is, and say what the scenario of their name says.</summary>
public sealed class ProgramExampleTests
{
    // What the build reports as IDE0005, and refuses.
    private const string UnnecessaryUsing = "CS8019";

    private static readonly string Folder = Path.Combine(Repository.Root, "Simulation", "examples");

    public static TheoryData<string> Examples => [.. Directory.GetFiles(Folder, "*.cs").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Examples_OfEveryQuestionOfTheGuide_AreThere() =>
        Assert.Equal(
            ["filter-bubble.cs", "item-launch.cs", "provider-fairness.cs", "question-strategies.cs", "shilling.cs"],
            Directory.GetFiles(Folder, "*.cs").Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_AsAProgram_IsTheScenarioOfItsName(string file)
    {
        using var folder = new TempFolder();
        var digest = Path.Combine(folder.Path, "digest");

        Run(Compile(Path.Combine(Folder, file)), "--digest", digest);

        var twin = ScenarioReader.Read(File.ReadAllText(Path.Combine(Folder, Path.ChangeExtension(file, "yaml"))), Folder);
        Assert.Empty(twin.Errors);
        Assert.Equal(twin.Scenario!.Digest(), File.ReadAllText(digest));
    }

    [Theory]
    [InlineData("There is no run to resume in", "--resume")]
    [InlineData("--sedes is not known: there are --seeds, --periods, --users, --threads, --resume and --digest.", "--sedes", "3")]
    [InlineData("--seeds is 'three': it must be a whole number.", "--seeds", "three")]
    [InlineData("--seeds needs a value.", "--seeds")]
    public async Task RunAsync_ArgumentsThatCannotBe_SaysWhy(string reason, params string[] arguments)
    {
        using var folder = new TempFolder();
        var scenario = new Scenario { Name = "tried", Arms = [new ArmTerms("only")] };

        var refusal = await Assert.ThrowsAsync<SimulationException>(() => Experiment.RunAsync(scenario, [Path.Combine(folder.Path, "out"), .. arguments]));

        Assert.StartsWith(reason, refusal.Message, StringComparison.Ordinal);
    }

    private static Assembly Compile(string file)
    {
        // Directives are for the command that runs a file.
        var text = string.Join('\n', File.ReadLines(file).Select(line => line.StartsWith("#:", StringComparison.Ordinal) ? "" : line));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        using var image = new MemoryStream();
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(file), [CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(documentationMode: DocumentationMode.Diagnose))], references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(one => one.Severity is DiagnosticSeverity.Error)));
        Assert.DoesNotContain(compilation.GetDiagnostics(), one => one.Id is UnnecessaryUsing);
        return Assembly.Load(image.ToArray());
    }

    private static void Run(Assembly program, params string[] arguments) => program.EntryPoint!.Invoke(null, [arguments]);
}
