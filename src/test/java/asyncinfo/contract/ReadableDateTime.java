package asyncinfo.contract;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
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
      "(?<h>\\d{1,2})\\s*[:时]\\s*(?<min>\\d{2})"
          + "(?:\\s*[:分]\\s*(?<s>\\d{2})(?:[.,](?<f>\\d{1,9})\\d*)?\\s*秒?)?"
          + "(?:\\s*(?<half>[AaPp])[Mm])?";
  private static final String ZONE = "\\s*(?<zone>[+-]\\d{2}:?\\d{2}|[A-Z]{1,4}(?:[+-]\\d{1,2})?)?";
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

  /** The date and time that a text tells, whatever zone it names. */
  public static Optional<LocalDateTime> read(String text) {
    return parse(text).map(Moment::local);
  }

  /**
   * Whether one text tells an earlier time than another. Times of which only one names its zone, or
   * of two zones that are no offsets from UTC, cannot be compared: then it is not.
   */
  static boolean isBefore(String one, String other) {
    Optional<Moment> first = parse(one);
    Optional<Moment> second = parse(other);
    if (first.isEmpty() || second.isEmpty()) {
      return false;
    }
    Moment a = first.get();
    Moment b = second.get();
    return a.zone.equals(b.zone)
        ? a.local.isBefore(b.local)
        : a.offset()
            .flatMap(
                from -> b.offset().map(to -> a.local.atOffset(from).isBefore(b.local.atOffset(to))))
            .orElse(false);
  }

  /** A time of a zone, as it is named; empty where none is. */
  private record Moment(LocalDateTime local, String zone) {

    Optional<ZoneOffset> offset() {
      if (List.of("Z", "UTC", "GMT").contains(zone)) {
        return Optional.of(ZoneOffset.UTC);
      }
      try {
        return zone.matches("[+-].*") ? Optional.of(ZoneOffset.of(zone)) : Optional.empty();
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }
  }

  private static Optional<Moment> parse(String text) {
    for (Pattern notation : NOTATIONS) {
      Matcher m = notation.matcher(text);
      if (m.matches()) {
        try {
          LocalDateTime local =
              LocalDateTime.of(
                  number(m, "y"),
                  notation.pattern().contains("<mon>") ? month(m.group("mon")) : number(m, "m"),
                  number(m, "d"),
                  hour(m),
                  number(m, "min"),
                  m.group("s") == null ? 0 : number(m, "s"),
                  m.group("f") == null ? 0 : nanos(m.group("f")));
          return Optional.of(new Moment(local, Optional.ofNullable(m.group("zone")).orElse("")));
        } catch (DateTimeException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** The hour of the day; midnight and noon are 12 on a clock of twelve hours. */
  private static int hour(Matcher m) {
    if (m.group("half") == null) {
      return number(m, "h");
    }
    if (number(m, "h") < 1 || number(m, "h") > 12) {
      throw new DateTimeException("no hour of a twelve-hour clock");
    }
    return number(m, "h") % 12 + (m.group("half").equalsIgnoreCase("p") ? 12 : 0);
  }

  private static int nanos(String fraction) {
    return Integer.parseInt((fraction + "0".repeat(9)).substring(0, 9));
  }

  private static int number(Matcher m, String group) {
    return Integer.parseInt(m.group(group));
  }

  private static int month(String name) {
    return 1 + MONTHS.indexOf(name.substring(0, 3).toLowerCase(Locale.ROOT));
  }
}
