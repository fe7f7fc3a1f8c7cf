package asyncinfo.report;

import asyncinfo.report.LimitHistogram.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Coordinates of the chart of a limit: one stack per column of the histogram, and the line of the
 * limit across them. All lengths are in units of the SVG view box.
 *
 * @param left where the columns begin
 * @param right where they end
 * @param base the y of the ground line
 * @param limit the y of the line of the limit
 * @param scale the marks of the vertical axis
 */
record LimitChart(
    int width,
    int height,
    int left,
    int right,
    double base,
    double limit,
    List<Mark> scale,
    List<Stack> stacks) {
  private static final int TOP = 14;
  private static final int PLOT = 190;
  private static final int BOTTOM = 34;
  private static final int LEFT = 38;
  private static final int RIGHT = 84;
  private static final int ROOM = 640;

  /** A mark of the vertical axis. */
  record Mark(double y, String text) {}

  /** A rectangle of a stack, from the ground up; {@code kind} names its style. */
  record Part(String kind, double y, double height) {}

  /**
   * One column.
   *
   * @param label how many calls were accepted; empty where none were sent
   * @param labelY the y of the label's baseline
   * @param over whether more calls were accepted than the limit allows
   * @param second the mark of the horizontal axis; empty where there is none
   */
  record Stack(
      double x,
      double width,
      double middle,
      List<Part> parts,
      String label,
      double labelY,
      boolean over,
      String second) {}

  /** Lays out the chart of a histogram under a limit of so many requests per period. */
  static LimitChart of(List<Column> columns, int requests) {
    int most = requests + requests / 2;
    for (Column column : columns) {
      most = Math.max(most, column.offered());
    }
    int step = step(most);
    int top = (most + step - 1) / step * step;
    double unit = PLOT / (double) top;
    double base = TOP + PLOT;
    double pitch = Math.max(13, Math.min(30, ROOM / (double) Math.max(1, columns.size())));
    List<Mark> scale = new ArrayList<>();
    for (int mark = 0; mark <= top; mark += step) {
      scale.add(new Mark(round(base - mark * unit), Integer.toString(mark)));
    }
    int every = pitch < 20 ? 5 : 2;
    List<Stack> stacks = new ArrayList<>();
    for (Column column : columns) {
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
      Column column,
      double x,
      double pitch,
      double base,
      double unit,
      int requests,
      boolean marked) {
    int accepted = column.accepted();
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("accepted", Math.min(accepted, requests));
    counts.put("over", Math.max(0, accepted - requests));
    counts.put("throttled", column.throttled());
    counts.put("other", column.other());
    List<Part> parts = new ArrayList<>();
    double y = base;
    for (Map.Entry<String, Integer> part : counts.entrySet()) {
      if (part.getValue() > 0) {
        double height = part.getValue() * unit;
        y -= height;
        parts.add(new Part(part.getKey(), round(y), round(height)));
      }
    }
    boolean over = accepted > requests;
    double gap = Math.min(4, pitch / 5);
    return new Stack(
        round(x + gap / 2),
        round(pitch - gap),
        round(x + pitch / 2),
        parts,
        column.offered() == 0 ? "" : Integer.toString(accepted),
        round(y - 3),
        over,
        marked ? seconds(column.at()) : "");
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
