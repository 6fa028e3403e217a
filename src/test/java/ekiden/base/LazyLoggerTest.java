package ekiden.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What reaches the log of the JDK by way of a logger that looks for it late. */
class LazyLoggerTest {
    private static final System.Logger LOG = LazyLogger.of(LazyLoggerTest.class);

    private final List<LogRecord> records = new ArrayList<>();
    private final Logger target = Logger.getLogger(LazyLoggerTest.class.getName());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            // the caller is looked for when it is asked for, from here upwards
            logged.getSourceClassName();
            records.add(logged);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        target.setUseParentHandlers(false);
        target.addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        target.removeHandler(handler);
        target.setUseParentHandlers(true);
    }

    @Test
    void lineNamesTheClassThatLoggedIt() {
        LOG.log(Level.WARNING, "room for {0} mails", 3);

        assertThat(records).hasSize(1);
        assertThat(records.getFirst().getLoggerName()).isEqualTo(LazyLoggerTest.class.getName());
        assertThat(records.getFirst().getSourceClassName()).isEqualTo(LazyLoggerTest.class.getName());
        assertThat(records.getFirst().getMessage()).isEqualTo("room for {0} mails");
        assertThat(records.getFirst().getParameters()).containsExactly(3);
    }

    @Test
    void causeIsKept() {
        IllegalStateException cause = new IllegalStateException("why");
        LOG.log(Level.WARNING, "broken", cause);

        assertThat(records).extracting(LogRecord::getThrown).containsExactly(cause);
    }

    @Test
    void whatNobodyWantsIsNotWritten() {
        LOG.log(Level.DEBUG, "nobody wants it");

        assertThat(records).isEmpty();
        assertThat(LOG.isLoggable(Level.DEBUG)).isFalse();
        assertThat(LOG.isLoggable(Level.WARNING)).isTrue();
    }
}
