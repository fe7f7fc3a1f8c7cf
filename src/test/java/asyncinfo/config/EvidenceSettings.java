package asyncinfo.config;

import asyncinfo.recording.LiveEvidence;
import asyncinfo.recording.Recording;
import asyncinfo.recording.Recordings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The settings of earlier evidence: baseline, recordings, and their greatest age. */
record EvidenceSettings(SettingTable table, SettingValues values, Instant now) {
  Optional<Path> baseline() {
    return values.get(table.baseline);
  }

  /** Returns the folder that gets a recording of this run, after trying to write to it. */
  Optional<Path> recordingDirectory() {
    Optional<Path> folder = values.get(table.record);
    folder.ifPresent(
        path -> {
          try {
            Recordings.prepare(path);
          } catch (IOException e) {
            values.reject(table.record, e.getMessage());
          }
        });
    return folder;
  }

  /** Returns the greatest age of evidence in days; empty for any age. */
  OptionalInt maxAge() {
    return values.get(table.evidenceMaxAge).map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  /** Returns the live evidence in the recordings that this kind of run writes, reads or names. */
  Optional<LiveEvidence> liveEvidence(TargetKind kind) {
    Setting<Path> setting = table.recordings;
    if (!values.isSet(table.recordings)) {
      setting =
          switch (kind) {
            case STUB -> table.recordings;
            case STAGING -> table.record;
            case REPLAY -> table.replay;
          };
    }
    if (values.isSet(table.evidenceMaxAge) && !values.isSet(setting)) {
      values.reject(
          table.evidenceMaxAge, "set %s too, the folder of recordings".formatted(table.recordings));
    }
    Setting<Path> folder = setting;
    return values.get(folder).flatMap(path -> read(folder, path));
  }

  private Optional<LiveEvidence> read(Setting<Path> setting, Path path) {
    try {
      List<Recording.Head> heads = Recordings.heads(path);
      if (heads.isEmpty() && !setting.equals(table.record)) {
        values.reject(
            setting,
            "%s has no recording in it; -Pstaging with -D%s=%s makes one"
                .formatted(path, table.record, path));
      }
      Instant tomorrow = now.plus(Duration.ofDays(1));
      heads.stream()
          .map(Recording.Head::when)
          .filter(when -> when.isAfter(tomorrow))
          .findFirst()
          .ifPresent(
              when ->
                  values.reject(
                      setting,
                      "%s has a recording of %s, which is in the future; correct this machine's clock"
                          .formatted(path, when)));
      return Optional.of(LiveEvidence.of(heads));
    } catch (IOException e) {
      values.reject(setting, e.getMessage());
      return Optional.empty();
    }
  }
}
