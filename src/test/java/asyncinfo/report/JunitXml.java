package asyncinfo.report;

import asyncinfo.report.ReportDocument.ClauseEntry;
import asyncinfo.report.ReportDocument.FindingEntry;
import asyncinfo.report.ReportDocument.WaiverEntry;
import asyncinfo.verdict.Verdict;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The report as JUnit XML with one test case per clause. What turns the build red is a failure
 * where the endpoint is at fault, and an error otherwise; what is waived, deviates, or could not be
 * tested or observed is skipped. Blocking waivers, stale live evidence and missing parts of the run
 * are errors of their own.
 */
final class JunitXml {
  private static final String SUITE = "conformance";
  private static final int FINDINGS = 3;

  private final ReportDocument report;
  private final XMLStreamWriter xml;

  private enum Kind {
    PASSED(""),
    FAILURE("failure"),
    ERROR("error"),
    SKIPPED("skipped");

    private final String element;

    Kind(String element) {
      this.element = element;
    }

    static Kind of(ClauseEntry clause) {
      if (clause.red()) {
        return VerdictText.BREACHES.contains(clause.verdict()) ? FAILURE : ERROR;
      }
      return clause.verdict() == Verdict.PASS ? PASSED : SKIPPED;
    }
  }

  private JunitXml(ReportDocument report, XMLStreamWriter xml) {
    this.report = report;
    this.xml = xml;
  }

  /** Returns the XML document. */
  static String of(ReportDocument report) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      new JunitXml(report, xml).write();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text.append('\n').toString();
  }

  private void write() throws XMLStreamException {
    Map<Kind, Long> kinds =
        report.clauses().stream().collect(Collectors.groupingBy(Kind::of, Collectors.counting()));
    Map<String, String> errors = errorsBesideClauses();
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeStartElement("testsuite");
    attribute("name", SUITE + " of " + report.description());
    attribute("timestamp", report.written());
    attribute("tests", Integer.toString(report.clauses().size() + errors.size()));
    attribute("failures", Long.toString(kinds.getOrDefault(Kind.FAILURE, 0L)));
    attribute("errors", Long.toString(kinds.getOrDefault(Kind.ERROR, 0L) + errors.size()));
    attribute("skipped", Long.toString(kinds.getOrDefault(Kind.SKIPPED, 0L)));
    for (ClauseEntry clause : report.clauses()) {
      write(clause);
    }
    for (Map.Entry<String, String> error : errors.entrySet()) {
      write(error.getKey(), error.getValue());
    }
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  /** Returns the messages of what is red beside clauses, by the name of its test case. */
  private Map<String, String> errorsBesideClauses() {
    Map<String, String> errors = new LinkedHashMap<>();
    report.waivers().stream()
        .filter(WaiverEntry::red)
        .forEach(waiver -> errors.put("waiver of " + waiver.clause(), waiver.state().name()));
    if (report.live() != null) {
      report
          .live()
          .stale()
          .forEach(stale -> errors.put("live evidence of " + stale.clause(), stale.why()));
    }
    List<String> missing = report.missing();
    for (int i = 0; i < missing.size(); i++) {
      errors.put("run, missing part " + (i + 1), missing.get(i));
    }
    return errors;
  }

  private void write(ClauseEntry clause) throws XMLStreamException {
    xml.writeStartElement("testcase");
    attribute("classname", SUITE + "." + clause.id().substring(0, clause.id().indexOf('/')));
    attribute("name", clause.id());
    Kind kind = Kind.of(clause);
    if (kind != Kind.PASSED) {
      xml.writeStartElement(kind.element);
      attribute("message", clause.verdict() + ": " + clause.reason());
      if (kind != Kind.SKIPPED) {
        xml.writeCharacters(legal(details(clause)));
      }
      xml.writeEndElement();
    }
    if (kind == Kind.SKIPPED && VerdictText.BREACHES.contains(clause.verdict())) {
      xml.writeStartElement("system-out");
      xml.writeCharacters(legal(details(clause)));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static String details(ClauseEntry clause) {
    String head =
        """
        %s
          basis:     %s
          source:    %s
        """
            .formatted(clause.promise(), clause.basis(), clause.source());
    String cause =
        clause.consequenceOf().isEmpty()
            ? ""
            : "  cause:     the failure of " + clause.consequenceOf() + "\n";
    return clause.findings().stream()
        .limit(FINDINGS)
        .map(JunitXml::details)
        .collect(Collectors.joining("", head + cause, ""));
  }

  private static String details(FindingEntry finding) {
    return """

    %s, %s
      expected:  %s
      actual:    %s
      RequestId: %s
      reproduce: %s
    """
        .formatted(
            finding.api(),
            finding.check(),
            finding.expected(),
            finding.actual(),
            finding.requestId().isEmpty() ? "none" : finding.requestId(),
            finding.reproduce());
  }

  private void write(String name, String message) throws XMLStreamException {
    xml.writeStartElement("testcase");
    attribute("classname", SUITE + ".run");
    attribute("name", name);
    xml.writeStartElement(Kind.ERROR.element);
    attribute("message", message);
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, legal(value));
  }

  /** Replaces control characters, which XML 1.0 cannot represent even as references. */
  private static String legal(String text) {
    return text.codePoints()
        .map(
            c ->
                c == '\t'
                        || c == '\n'
                        || c == '\r'
                        || (c >= 0x20 && c < 0xD800)
                        || (c > 0xDFFF && c < 0xFFFE)
                        || c > 0xFFFF
                    ? c
                    : 0xFFFD)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
