package asyncinfo.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Where the parts of a limit's picture stand: a stack for each column of the log, over the line of
 * the limit. All lengths are in the picture's own units.
 *
 * @param width the width of the picture
 * @param height its height
 * @param left where the columns begin
 * @param right where they end
 * @param base the height of the ground line, from the top
 * @param limit the height of the line of the limit, from the top
 * @param scale the marks of the vertical axis, each with {@code y} and {@code text}
 * @param stacks the columns
 */
record LimitChart(
    int width,
    int height,
    int left,
    int right,
    double base,
    double limit,
    List<Map<String, Object>> scale,
    List<Stack> stacks) {
  private static final int TOP = 14;
  private static final int PLOT = 190;
  private static final int BOTTOM = 34;
  private static final int LEFT = 38;
  private static final int RIGHT = 84;
  private static final int ROOM = 640;

  /**
   * One column.
   *
   * @param x where it begins
   * @param width how wide it is
   * @param middle the middle of it
   * @param parts from the ground up, each with {@code kind}, {@code y} and {@code height}
   * @param label how many were accepted; empty where nothing was sent
   * @param labelY the height of the label's ground line
   * @param over whether more were accepted than the limit allows
   * @param second the mark of the horizontal axis; empty where there is none
   */
  record Stack(
      double x,
      double width,
      double middle,
      List<Map<String, Object>> parts,
      String label,
      double labelY,
      boolean over,
      String second) {}

  /**
   * Draws the columns of a log.
   *
   * @param limit what the report says of the limit of one API
   */
  static LimitChart of(JsonNode limit) {
    JsonNode columns = limit.path("columns");
    int requests = limit.path("requests").asInt();
    int most = requests + requests / 2;
    for (JsonNode column : columns) {
      most = Math.max(most, column.path("offered").asInt());
    }
    int step = step(most);
    int top = (most + step - 1) / step * step;
    double unit = PLOT / (double) top;
    double base = TOP + PLOT;
    double pitch = Math.max(13, Math.min(30, ROOM / (double) Math.max(1, columns.size())));
    List<Map<String, Object>> scale = new ArrayList<>();
    for (int mark = 0; mark <= top; mark += step) {
      scale.add(Map.of("y", round(base - mark * unit), "text", Integer.toString(mark)));
    }
    int every = pitch < 20 ? 5 : 2;
    List<Stack> stacks = new ArrayList<>();
    for (JsonNode column : columns) {
      int i = stacks.size();
      double x = LEFT + i * pitch;
      stacks.add(stack(column, x, pitch, base, unit, requests, i % every == 0));
    }
    int right = (int) Math.ceil(LEFT + columns.size() * pitch);
    return new LimitChart(
        right + RIGHT,
        TOP + PLOT + BOTTOM,
        LEFT,
        right,
        base,
        round(base - requests * unit),
        scale,
        stacks);
  }

  private static Stack stack(
      JsonNode column,
      double x,
      double pitch,
      double base,
      double unit,
      int requests,
      boolean marked) {
    int accepted = column.path("accepted").asInt();
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("accepted", Math.min(accepted, requests));
    counts.put("over", Math.max(0, accepted - requests));
    counts.put("throttled", column.path("throttled").asInt());
    counts.put("other", column.path("other").asInt());
    List<Map<String, Object>> parts = new ArrayList<>();
    double y = base;
    for (Map.Entry<String, Integer> part : counts.entrySet()) {
      if (part.getValue() > 0) {
        double height = part.getValue() * unit;
        y -= height;
        parts.add(Map.of("kind", part.getKey(), "y", round(y), "height", round(height)));
      }
    }
    boolean over = accepted > requests;
    double gap = Math.min(4, pitch / 5);
    return new Stack(
        round(x + gap / 2),
        round(pitch - gap),
        round(x + pitch / 2),
        parts,
        column.path("offered").asInt() == 0 ? "" : Integer.toString(accepted),
        round(y - 3),
        over,
        marked ? seconds(column.path("at").asDouble()) : "");
  }

  private static String seconds(double at) {
    return at == Math.rint(at) ? Long.toString((long) at) : "%.1f".formatted(at);
  }

  private static int step(int most) {
    for (int step : new int[] {5, 10, 20, 50, 100, 200, 500}) {
      if (most / step < 8) {
        return step;
      }
    }
    return Math.max(1_000, most / 5);
  }

  private static double round(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
