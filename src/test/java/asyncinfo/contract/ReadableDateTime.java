package asyncinfo.contract;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The format {@code readable-date-time}: a text that a reader takes for a date and a time of day.
 * The pages promise no notation, so every common one is valid.
 */
public final class ReadableDateTime implements Format {
  /** The name of the format in schemas. */
  static final String NAME = "readable-date-time";

  /** The format in words, for messages. */
  static final String WORDS = "a date and time";

  private static final String TIME =
      "(?<h>\\d{1,2})\\s*[:时]\\s*(?<min>\\d{2})"
          + "(?:\\s*[:分]\\s*(?<s>\\d{2})(?:[.,](?<f>\\d{1,9})\\d*)?\\s*秒?)?"
          + "(?:\\s*(?<half>[AaPp])[Mm])?";

  /** An offset with or without a name behind it, or a name: {@code +0800 CST}, {@code Z[UTC]}. */
  private static final String ZONE =
      "\\s*(?<zone>[+-]\\d{2}(?::?\\d{2})?|[A-Z]{1,5}(?:[+-]\\d{1,2})?)?"
          + "(?:(?<=\\d)\\s+[A-Z]{3,5}|\\s*\\[[A-Za-z/_+-]+\\])?";

  private static final List<Pattern> NOTATIONS =
      List.of(
          Pattern.compile(
              "(?<y>\\d{4})\\s*[-/.年]\\s*(?<m>\\d{1,2})\\s*[-/.月]\\s*(?<d>\\d{1,2})\\s*日?[Tt\\s]\\s*"
                  + TIME
                  + ZONE),
          Pattern.compile(
              "(?<y>\\d{4})(?<m>\\d{2})(?<d>\\d{2})T(?<h>\\d{2})(?<min>\\d{2})(?<s>\\d{2})"
                  + "(?:[.,](?<f>\\d{1,9})\\d*)?(?<half>(?!))?"
                  + ZONE),
          Pattern.compile(
              "(?:[A-Za-z]{3,9},?\\s+)?(?<d>\\d{1,2})[\\s-](?<mon>[A-Za-z]{3,9})[\\s-](?<y>\\d{4}),?\\s+"
                  + TIME
                  + ZONE),
          Pattern.compile(
              "(?:[A-Za-z]{3,9},?\\s+)?(?<mon>[A-Za-z]{3,9})\\s+(?<d>\\d{1,2}),?\\s+(?<y>\\d{4}),?\\s+"
                  + TIME
                  + ZONE),
          Pattern.compile(
              "[A-Za-z]{3}\\s+(?<mon>[A-Za-z]{3})\\s+(?<d>\\d{1,2})\\s+"
                  + TIME
                  + ZONE
                  + "\\s+(?<y>\\d{4})"));
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  /** A date and time all of whose digits are 0, and PHP's reading of one. */
  private static final Pattern ZERO = Pattern.compile("(?=.*0)[0\\s:/.,+TZ年月日时分秒-]+|-0001-11-30.*");

  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
  private static final int WIDEST_OFFSET_HOURS = 14;

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public boolean matches(ExecutionContext context, String value) {
    return read(value).isPresent();
  }

  /** Returns a format of a schema in words, for messages. */
  static String words(JsonNode format) {
    return format.asString().equals(NAME) ? WORDS : "a " + format.asString();
  }

  /** Returns the date and time of a text, in the zone that the text names. */
  public static Optional<LocalDateTime> read(String text) {
    return parse(text).map(Moment::local);
  }

  /**
   * Returns whether a text stands for no time: blank, or the zero date of a database ({@code
   * 0000-00-00 00:00:00}), of Go and .NET ({@code 0001-01-01}) or of Unix, in any zone.
   */
  public static boolean isUnset(String text) {
    return text.isBlank()
        || ZERO.matcher(text).matches()
        || parse(text).filter(Moment::isZero).isPresent();
  }

  /** Returns whether one text is an earlier time than another, as far as they can be compared. */
  static boolean isBefore(String one, String other) {
    return between(one, other).filter(time -> !time.isNegative() && !time.isZero()).isPresent();
  }

  /**
   * Returns whether two texts are different times, as far as they can be compared: at least a
   * second apart, since one of them may leave out fractions.
   */
  static boolean differ(String one, String other) {
    return between(one, other).filter(time -> time.abs().toSeconds() >= 1).isPresent();
  }

  /**
   * Returns the time from one text to another. Times of which only one names its zone, or whose two
   * zones are not both offsets from UTC, cannot be compared: then it is empty.
   */
  private static Optional<Duration> between(String one, String other) {
    Optional<Moment> first = parse(one);
    Optional<Moment> second = parse(other);
    if (first.isEmpty() || second.isEmpty()) {
      return Optional.empty();
    }
    Moment a = first.get();
    Moment b = second.get();
    return a.zone.equals(b.zone)
        ? Optional.of(Duration.between(a.local, b.local))
        : a.offset()
            .flatMap(
                from ->
                    b.offset()
                        .map(to -> Duration.between(a.local.atOffset(from), b.local.atOffset(to))));
  }

  /** A local time with the zone that the text names; empty where it names none. */
  private record Moment(LocalDateTime local, String zone) {

    boolean isZero() {
      Duration sinceEpoch =
          Duration.between(
              EPOCH.atOffset(ZoneOffset.UTC), local.atOffset(offset().orElse(ZoneOffset.UTC)));
      boolean inSomeZone =
          offset().isEmpty()
              && sinceEpoch.abs().toHours() <= WIDEST_OFFSET_HOURS
              && sinceEpoch.toSeconds() % Duration.ofMinutes(15).toSeconds() == 0;
      return local.getYear() <= 1 || sinceEpoch.isZero() || inSomeZone;
    }

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

  /** Returns the hour of the day; midnight and noon are 12 on a clock of twelve hours. */
  private static int hour(Matcher m) {
    if (m.group("half") == null) {
      return number(m, "h");
    }
    if (number(m, "h") < 1 || number(m, "h") > 12) {
      throw new DateTimeException("not an hour of a twelve-hour clock");
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
