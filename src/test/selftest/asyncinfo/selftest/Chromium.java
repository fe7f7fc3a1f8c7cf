package asyncinfo.selftest;

import asyncinfo.contract.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A page in a headless Chromium, controlled by its DevTools protocol. */
final class Chromium implements AutoCloseable {
  private static final int TIMEOUT_SECONDS = 60;

  private final Path profile;
  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final List<String> errors = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();

  /** Returns the Chromium of this machine, if there is one. */
  static Optional<Path> find() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .flatMap(folder -> Stream.of("chromium", "chromium-browser").map(Path.of(folder)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts a browser with an empty profile. */
  Chromium(Path binary) throws IOException, InterruptedException {
    this.profile = Files.createTempDirectory("chromium");
    process =
        new ProcessBuilder(
                binary.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .start();
    HttpClient http = HttpClient.newHttpClient();
    String opened =
        http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/json/new"))
                    .PUT(BodyPublishers.noBody())
                    .build(),
                BodyHandlers.ofString())
            .body();
    socket =
        http.newWebSocketBuilder()
            .buildAsync(
                URI.create(Json.read(opened).path("webSocketDebuggerUrl").asString()),
                new Listener())
            .join();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  private String port() throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    Pattern listening = Pattern.compile("DevTools listening on ws://127\\.0\\.0\\.1:(\\d+)/");
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher found = listening.matcher(line);
      if (found.find()) {
        Thread drain = new Thread(() -> drain(output), "chromium");
        drain.setDaemon(true);
        drain.start();
        return found.group(1);
      }
    }
    throw new IOException("chromium did not start");
  }

  private static void drain(BufferedReader output) {
    try {
      while (output.readLine() != null) {
        // Discarded, but a full pipe would block the browser.
      }
    } catch (IOException e) {
      // The browser has ended.
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        messages.add(Json.readLeniently(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  /** Opens a page and waits until it is loaded. */
  void open(URI page) throws InterruptedException {
    errors.clear();
    requests.clear();
    call("Page.navigate", Map.of("url", page.toString()));
    while (!take().path("method").asString("").equals("Page.loadEventFired")) {
      // take() records every other event.
    }
  }

  /**
   * Sets the width of the screen, the color scheme ({@code light} or {@code dark}) and the medium
   * ({@code screen} or {@code print}).
   */
  void show(int width, int height, String scheme, String media) throws InterruptedException {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            media,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Returns the value of an expression in the page. */
  JsonNode evaluate(String expression) throws InterruptedException {
    JsonNode result =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(result.path("exceptionDetails").toString());
    }
    return result.path("result").path("value");
  }

  /** Types into the focused element. */
  void type(String text) throws InterruptedException {
    call("Input.insertText", Map.of("text", text));
  }

  /** Writes a picture of the page: of the visible part, or of all of it. */
  void picture(Path file, boolean whole) throws InterruptedException, IOException {
    JsonNode picture =
        call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", whole));
    Files.write(file, Base64.getDecoder().decode(picture.path("data").asString()));
  }

  /** Writes the page as PDF on A4 paper. */
  void print(Path file) throws InterruptedException, IOException {
    JsonNode pdf =
        call(
            "Page.printToPDF",
            Map.of("paperWidth", 8.27, "paperHeight", 11.69, "printBackground", true));
    Files.write(file, Base64.getDecoder().decode(pdf.path("data").asString()));
  }

  /** Returns errors and warnings of the console since the page was opened. */
  List<String> errors() throws InterruptedException {
    evaluate("1"); // Events before this response have arrived.
    return List.copyOf(errors);
  }

  /** Returns the URLs that the page loaded, itself included. */
  List<String> requests() throws InterruptedException {
    evaluate("1");
    return List.copyOf(requests);
  }

  private JsonNode call(String method, Map<String, ?> parameters) throws InterruptedException {
    int id = ids.incrementAndGet();
    socket
        .sendText(
            Json.mapper()
                .writeValueAsString(Map.of("id", id, "method", method, "params", parameters)),
            true)
        .join();
    while (true) {
      JsonNode message = take();
      if (message.path("id").asInt(0) == id) {
        if (message.has("error")) {
          throw new IllegalStateException(method + ": " + message.path("error"));
        }
        return message.path("result");
      }
    }
  }

  private JsonNode take() throws InterruptedException {
    JsonNode message = messages.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new IllegalStateException("no event from chromium");
    }
    JsonNode parameters = message.path("params");
    switch (message.path("method").asString("")) {
      case "Network.requestWillBeSent" ->
          requests.add(parameters.path("request").path("url").asString());
      case "Runtime.exceptionThrown" -> errors.add(parameters.toString());
      case "Runtime.consoleAPICalled" -> errors.add(parameters.toString());
      case "Log.entryAdded" -> errors.add(parameters.toString());
      default -> {
        // Other events are irrelevant.
      }
    }
    return message;
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    forgetProfile();
  }

  /** Deletes the profile; files that the browser writes while it ends may remain. */
  private void forgetProfile() {
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      profile.toFile().deleteOnExit();
    }
  }
}
