package ekiden.config;

import ekiden.base.Problem;
import java.util.List;

/** What came of reading the settings. */
public sealed interface SettingsReading {
    /**
     * A process can start with them.
     *
     * @param settings the settings; their mail section may have problems of its own
     * @param warnings what is wrong outside the mail section but has a default, so that work goes on
     */
    record Usable(Settings settings, List<Problem> warnings) implements SettingsReading {
        /** Copies the list. */
        public Usable {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The store or the address of the API is wrong or cannot be known.
     *
     * @param problems all of them, at least one
     */
    record Wrong(List<Problem> problems) implements SettingsReading {
        /** Copies the list. */
        public Wrong {
            problems = List.copyOf(problems);
        }
    }
}
