package asyncinfo.drift;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The saved text of a page, from any editor and system. */
final class SavedPage {
  private static final long LONGEST = 1 << 20;

  private SavedPage() {}

  /**
   * Reads the lines of a file that are not blank.
   *
   * @throws UnreadablePageException when there is no such file, or no text in it
   */
  static List<PageLine> read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UnreadablePageException(" is no file; save the page's text there");
    }
    try {
      if (Files.size(file) > LONGEST) {
        throw new UnreadablePageException(" is larger than 1 MiB; save the page's text alone");
      }
      return lines(decoded(Files.readAllBytes(file)));
    } catch (CharacterCodingException e) {
      throw new UnreadablePageException(" is no text in UTF-8; save the page as plain text");
    } catch (IOException e) {
      throw new UnreadablePageException(" cannot be read");
    }
  }

  private static String decoded(byte[] bytes) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    if (text.indexOf('\0') >= 0) {
      throw new CharacterCodingException();
    }
    return text;
  }

  /** The lines of a text that are not blank, without what editors put between characters. */
  static List<PageLine> lines(String text) {
    String[] raw =
        text.replaceAll("[\\u200B-\\u200D\\u2060\\uFEFF\\u00AD]", "")
            .replaceAll("[\\p{Zs}\\p{Cntrl}&&[^\\t\\n\\r\\u0085]]", " ")
            .split("\\r\\n|[\\n\\r\\u0085\\u2028\\u2029]", -1);
    List<PageLine> lines = new ArrayList<>();
    for (int i = 0; i < raw.length; i++) {
      if (!raw[i].isBlank()) {
        lines.add(new PageLine(i + 1, raw[i].strip()));
      }
    }
    if (lines.isEmpty()) {
      throw new UnreadablePageException(" is empty; save the page's text there");
    }
    if (lines.get(0).text().matches("(?i)<(?:!doctype|html|\\?xml).*")) {
      throw new UnreadablePageException(" is HTML; save what the browser shows, as plain text");
    }
    return lines;
  }
}
