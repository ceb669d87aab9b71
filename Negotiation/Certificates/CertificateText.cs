using AgentRec.Domain;

namespace AgentRec.Negotiation.Certificates;

/// <summary>The canonical text of a certificate.</summary>
public static class CertificateText
{
    /// <summary>The certificate as it is stored and served.</summary>
    /// <param name="certificate">The certificate.</param>
    public static string Write(Certificate certificate) => "";
}
