package ekiden.mail.send;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.mail.send.SendPhase.Fault;
import org.junit.jupiter.api.Test;

class SendPhaseTest {
    @Test
    void eachPhaseAndFaultLeadsSomewhere() {
        for (SendPhase phase : SendPhase.values()) {
            for (Fault fault : Fault.values()) {
                boolean silent = fault == Fault.DROP || fault == Fault.STALL;
                boolean expected = !phase.isEnd() && (phase != SendPhase.CONNECT || silent);
                assertThat(SendPhase.TABLE.next(phase, fault).isPresent())
                        .as("%s × %s", phase, fault)
                        .isEqualTo(expected);
            }
        }
        assertThat(SendPhase.TABLE.unvisited()).isEmpty();
    }

    @Test
    void onlyTheEndOfDataCanBeUncertain() {
        assertThat(SendPhase.TABLE.rows())
                .filteredOn(row -> row.to() == SendPhase.UNCERTAIN)
                .allMatch(row -> row.from() == SendPhase.END_OF_DATA)
                .extracting(row -> row.on())
                .containsExactlyInAnyOrder(Fault.DROP, Fault.STALL, Fault.GARBAGE);
    }
}
