package asyncinfo.simulation;

import java.util.prefs.AbstractPreferences;
import java.util.prefs.Preferences;
import java.util.prefs.PreferencesFactory;

/**
 * Creates the preferences of a JVM that runs Gatling, which asks Maven Central for its latest
 * version at each start unless its preferences say that it has just done so. They keep nothing.
 */
public final class OfflinePreferences implements PreferencesFactory {
  /** The key under which Gatling keeps the time of its last question, in milliseconds. */
  private static final String LAST_CHECK = "lastCheckTimestamp";

  private static final Preferences ROOT = new Node(null, "");

  @Override
  public Preferences userRoot() {
    return ROOT;
  }

  @Override
  public Preferences systemRoot() {
    return ROOT;
  }

  private static final class Node extends AbstractPreferences {
    Node(Node parent, String name) {
      super(parent, name);
    }

    @Override
    protected String getSpi(String key) {
      return key.equals(LAST_CHECK) ? Long.toString(Long.MAX_VALUE) : null;
    }

    @Override
    protected AbstractPreferences childSpi(String name) {
      return new Node(this, name);
    }

    @Override
    protected String[] keysSpi() {
      return new String[0];
    }

    @Override
    protected String[] childrenNamesSpi() {
      return new String[0];
    }

    @Override
    protected void putSpi(String key, String value) {}

    @Override
    protected void removeSpi(String key) {}

    @Override
    protected void removeNodeSpi() {}

    @Override
    protected void syncSpi() {}

    @Override
    protected void flushSpi() {}
  }
}
