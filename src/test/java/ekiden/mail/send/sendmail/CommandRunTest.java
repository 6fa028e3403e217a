package ekiden.mail.send.sendmail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class CommandRunTest {
    private static final int MOST = 300;

    /** A command that says more as fast as it is read. */
    private static final class Flood extends InputStream {
        private long read;

        @Override
        public int available() {
            return 1 << 16;
        }

        @Override
        public int read() {
            throw new AssertionError("read in pieces");
        }

        @Override
        public int read(byte[] piece, int from, int count) {
            read += count;
            assertThat(read).as("bytes without a look at the deadline").isLessThan(64 << 20);
            return count;
        }
    }

    @Test
    void floodDoesNotKeepTheDeadlineFromBeingLookedAt() {
        Flood flood = new Flood();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        CommandRun.drain(flood, new byte[4096], said, MOST);

        assertThat(said.size()).isEqualTo(MOST);
        assertThat(flood.read).isBetween((long) CommandRun.AT_ONCE, 2L * CommandRun.AT_ONCE);
    }
}
