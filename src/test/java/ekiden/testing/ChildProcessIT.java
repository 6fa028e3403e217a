package ekiden.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What tests may trust when they start a process. */
class ChildProcessIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    void linesOfBothStreamsAndTheExitCodeAreKept() {
        try (ChildProcess child = sh("echo one; echo two >&2; exit 3")) {
            assertThat(child.awaitExit(SOON)).isEqualTo(3);
            assertThat(child.lines(ChildProcess.Stream.OUT)).containsExactly("one");
            assertThat(child.lines(ChildProcess.Stream.ERR)).containsExactly("two");
            assertThat(child.lines()).hasSize(2);
        }
    }

    @Test
    void aLineIsAwaitedAndItsAbsenceTold() {
        try (ChildProcess child = sh("echo listening on 25; read x <&3; exec sleep 60")) {
            assertThat(child.awaitLine("listening", SOON)).isEqualTo("listening on 25");
        }
        try (ChildProcess child = sh("echo sorry; exit 7")) {
            assertThatThrownBy(() -> child.awaitLine("listening", SOON))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("ended with 7")
                    .hasMessageContaining("OUT sorry");
        }
        try (ChildProcess child = sh("echo busy; exec sleep 60")) {
            assertThat(child.awaitLine("busy", SOON)).isEqualTo("busy");
            assertThatThrownBy(() -> child.awaitLine("listening", SHORT))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("not within 200 ms")
                    .hasMessageContaining("OUT busy");
        }
    }

    @Test
    void aGrandchildThatKeepsThePipeOpenDoesNotKeepTheEndFromBeingSeen() {
        try (ChildProcess child = sh("sleep 5 & exit 4")) {
            assertThat(child.awaitExit(Duration.ofSeconds(4))).isEqualTo(4);
        }
    }

    @Test
    void signalsReachItAndSoDoesTheKill() {
        try (ChildProcess child = sh("trap 'echo asked; exit 9' INT; echo ready; while :; do sleep 0.05; done")) {
            child.awaitLine("ready", SOON);
            child.signal("INT");
            assertThat(child.awaitExit(SOON)).isEqualTo(9);
            assertThat(child.lines()).contains("asked");
        }
        try (ChildProcess child = sh("trap '' TERM; echo ready; while :; do sleep 0.05; done")) {
            child.awaitLine("ready", SOON);
            child.kill();
            assertThat(child.awaitExit(SOON)).isEqualTo(128 + 9);
        }
    }

    @Test
    void whatIsStoppedStandsWhenTheCallReturnsAndGoesOnLater() {
        try (ChildProcess child = sh("trap 'exit 9' TERM; echo ready; while :; do :; done")) {
            child.awaitLine("ready", SOON);
            assertThat(child.stands()).isFalse();
            child.stop();
            assertThat(child.stands()).isTrue();
            child.signal("TERM");
            assertThat(child.stands()).isTrue();
            child.signal("CONT");
            assertThat(child.awaitExit(SOON)).isEqualTo(9);
        }
    }

    @Test
    void memoryIsThatOfTheProcess() {
        try (ChildProcess child = new Filled().start()) {
            child.awaitLine("full", SOON);
            ChildProcess.Memory memory = child.memory();
            assertThat(memory.peak()).isGreaterThan(64L << 20).isLessThan(300L << 20);
            assertThat(memory.now()).isGreaterThan(1L << 20).isLessThanOrEqualTo(memory.peak());
            child.kill();
            assertThatThrownBy(child::memory).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void moreLinesThanTheLimitAreCountedOnly() {
        int lines = ChildProcess.LINES_KEPT + 1;
        try (ChildProcess child = sh("i=0; while [ $i -lt " + lines + " ]; do echo $i; i=$((i+1)); done")) {
            assertThat(child.awaitExit(SOON)).isZero();
            assertThat(child.lines()).hasSize(ChildProcess.LINES_KEPT);
            assertThat(child.told()).contains("1 more not kept");
        }
    }

    private static ChildProcess sh(String script) {
        return ChildProcess.start("sh", new ProcessBuilder("sh", "-c", script));
    }

    /** A process that fills 64 MB and waits. */
    private static final class Filled {
        ChildProcess start() {
            String program = "x = bytearray(b'1' * (64 << 20)); print('full', flush=True); import time; time.sleep(60)";
            return ChildProcess.start(
                    "python", new ProcessBuilder(Programs.path(Program.PYTHON).toString(), "-c", program));
        }
    }
}
