package asyncinfo.report;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import tools.jackson.databind.JsonNode;

/**
 * The verdicts as JUnit XML, one test case for each clause, the limit's included: a broken clause
 * is a failure; one that could not be judged, or was not seen though the run promises it, is an
 * error; what is waived, not provokable or unseen elsewhere is skipped. A waiver that must not
 * stay, live evidence that is too old, and what is missing of the run, are errors of their own.
 */
final class JunitXml {
  private static final String SUITE = "conformance";
  private static final int FINDINGS = 3;

  private final JsonNode report;
  private final XMLStreamWriter xml;

  private JunitXml(JsonNode report, XMLStreamWriter xml) {
    this.report = report;
    this.xml = xml;
  }

  /** The document of a report. */
  static String of(JsonNode report) {
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
    Map<String, Long> kinds =
        report
            .path("clauses")
            .valueStream()
            .collect(Collectors.groupingBy(JunitXml::kind, TreeMap::new, Collectors.counting()));
    List<JsonNode> redWaivers =
        report.path("waivers").valueStream().filter(w -> w.path("red").asBoolean()).toList();
    JsonNode stale = report.path("live").path("stale");
    long missing = (long) report.path("missing").size() + redWaivers.size() + stale.size();
    long errors = kinds.getOrDefault("error", 0L) + missing;
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeStartElement("testsuite");
    attribute("name", SUITE + " of " + report.path("description").asString());
    attribute("timestamp", report.path("written").asString());
    attribute("tests", Long.toString(report.path("clauses").size() + missing));
    attribute("failures", Long.toString(kinds.getOrDefault("failure", 0L)));
    attribute("errors", Long.toString(errors));
    attribute("skipped", Long.toString(kinds.getOrDefault("skipped", 0L)));
    for (JsonNode clause : report.path("clauses")) {
      write(clause);
    }
    for (JsonNode waiver : redWaivers) {
      error("waiver of " + waiver.path("clause").asString(), waiver.path("state").asString());
    }
    for (JsonNode each : stale) {
      error("live evidence of " + each.path("clause").asString(), each.path("why").asString());
    }
    for (JsonNode each : report.path("missing")) {
      error("run", each.asString());
    }
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private static String kind(JsonNode clause) {
    return switch (clause.path("verdict").asString()) {
      case "PASS" -> "passed";
      case "FAIL" -> "failure";
      case "DEVIATES" -> clause.path("red").asBoolean() ? "failure" : "skipped";
      case "ERROR" -> "error";
      case "UNOBSERVED" -> clause.path("red").asBoolean() ? "error" : "skipped";
      default -> "skipped";
    };
  }

  private void write(JsonNode clause) throws XMLStreamException {
    String id = clause.path("id").asString();
    xml.writeStartElement("testcase");
    attribute("classname", SUITE + "." + id.substring(0, id.indexOf('/')));
    attribute("name", id);
    String kind = kind(clause);
    if (!kind.equals("passed")) {
      xml.writeStartElement(kind);
      attribute(
          "message", clause.path("verdict").asString() + ": " + clause.path("reason").asString());
      if (!kind.equals("skipped")) {
        xml.writeCharacters(legal(details(clause)));
      }
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static String details(JsonNode clause) {
    return clause.path("promise").asString()
        + clause
            .path("findings")
            .valueStream()
            .limit(FINDINGS)
            .map(
                f ->
                    """


                    %s, %s
                      expected:  %s
                      actual:    %s
                      RequestId: %s
                      reproduce: %s\
                    """
                        .formatted(
                            f.path("product").asString(),
                            f.path("check").asString(),
                            f.path("expected").asString(),
                            f.path("actual").asString(),
                            f.path("requestId").asString(),
                            f.path("reproduce").asString()))
            .collect(Collectors.joining());
  }

  private void error(String name, String message) throws XMLStreamException {
    xml.writeStartElement("testcase");
    attribute("classname", SUITE + ".run");
    attribute("name", name);
    xml.writeStartElement("error");
    attribute("message", message);
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, legal(value));
  }

  /** XML has no way to write most control characters, escaped or not. */
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
