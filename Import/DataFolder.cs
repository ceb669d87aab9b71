using AgentRec.Domain;
using AgentRec.Import.Formats;

namespace AgentRec.Import;

/// <summary>
/// A folder of items and interactions in one of the known layouts. Reading is lazy and needs memory for the catalogue, not for
/// the interactions. A row that is wrong is reported and left out; nothing that a file holds stops the reading of the rest.
/// </summary>
public sealed class DataFolder
{
    private readonly IDataLayout _layout;

    private DataFolder(IDataLayout layout) => _layout = layout;

    /// <summary>The layout's name for people, such as <c>MovieLens csv</c>.</summary>
    public string Layout => _layout.Name;

    /// <summary>False when the folder has no file of items: the items are then those that the interactions name.</summary>
    public bool StatesItems => _layout.StatesItems;

    /// <summary>Recognises a folder by its files.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="format">What is expected.</param>
    /// <exception cref="DataFolderException">There is no such folder, or its files are not recognised or not unambiguous.</exception>
    public static DataFolder Open(string directory, DataFormat format = DataFormat.Auto) => new(LayoutRecognition.Of(directory, format));

    /// <summary>Reads the items in the order of their file; of several with one id the first counts.</summary>
    /// <param name="rejected">Told of every row that is left out.</param>
    public IEnumerable<Sourced<Item>> ReadItems(Action<RejectedRow> rejected) => _layout.ReadItems(rejected);

    /// <summary>
    /// Reads the interactions in the order of their file. Each obeys <see cref="Interaction.Problem"/>; whether its item exists
    /// and whether its id is new is for the reader to know.
    /// </summary>
    /// <param name="rejected">Told of every row that is left out.</param>
    public IEnumerable<Sourced<Interaction>> ReadInteractions(Action<RejectedRow> rejected) => _layout.ReadInteractions(rejected);

    /// <summary>
    /// Reads the whole folder into memory, for work that needs no store: items are those stated, or else those that the
    /// interactions name; interactions of unknown items and with an id that another one has are left out.
    /// </summary>
    /// <param name="rejected">Told of every row that is left out; repetitions with the same content are not.</param>
    public DataSet ReadAll(Action<RejectedRow> rejected) => DataSet.Of(this, rejected);
}
