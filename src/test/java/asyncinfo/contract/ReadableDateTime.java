package asyncinfo.contract;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The format {@code readable-date-time}: a text that a reader takes for a date and a time of day.
 * The pages promise no notation, so any common one is good; garbage is not.
 */
public final class ReadableDateTime implements Format {
  private static final String TIME =
      "(?<h>\\d{1,2})\\s*[:时]\\s*(?<min>\\d{2})(?:\\s*[:分]\\s*(?<s>\\d{2})(?:[.,]\\d+)?\\s*秒?)?";
  private static final String ZONE = "\\s*(?:[+-]\\d{2}:?\\d{2}|[A-Z]{1,4}(?:[+-]\\d{1,2})?)?";
  private static final List<Pattern> NOTATIONS =
      List.of(
          Pattern.compile(
              "(?<y>\\d{4})\\s*[-/.年]\\s*(?<m>\\d{1,2})\\s*[-/.月]\\s*(?<d>\\d{1,2})\\s*日?[T\\s]\\s*"
                  + TIME
                  + ZONE),
          Pattern.compile(
              "(?:[A-Za-z]{3,9},?\\s+)?(?<d>\\d{1,2})[\\s-](?<mon>[A-Za-z]{3,9})[\\s-](?<y>\\d{4}),?\\s+"
                  + TIME
                  + ZONE),
          Pattern.compile(
              "(?:[A-Za-z]{3,9},?\\s+)?(?<mon>[A-Za-z]{3,9})\\s+(?<d>\\d{1,2}),?\\s+(?<y>\\d{4}),?\\s+"
                  + TIME
                  + ZONE));
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  @Override
  public String getName() {
    return "readable-date-time";
  }

  @Override
  public boolean matches(ExecutionContext context, String value) {
    return read(value).isPresent();
  }

  /** The date and time that a text tells, to the second, whatever zone it names. */
  public static Optional<LocalDateTime> read(String text) {
    for (Pattern notation : NOTATIONS) {
      Matcher m = notation.matcher(text);
      if (m.matches()) {
        try {
          return Optional.of(
              LocalDateTime.of(
                  number(m, "y"),
                  notation.pattern().contains("<mon>") ? month(m.group("mon")) : number(m, "m"),
                  number(m, "d"),
                  number(m, "h"),
                  number(m, "min"),
                  m.group("s") == null ? 0 : number(m, "s")));
        } catch (DateTimeException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static int number(Matcher m, String group) {
    return Integer.parseInt(m.group(group));
  }

  private static int month(String name) {
    return 1 + MONTHS.indexOf(name.substring(0, 3).toLowerCase(Locale.ROOT));
  }
}
