package ekiden.mail.receive.imap;

import ekiden.testing.imap.ImapFault;

/** The contract on a server without IDLE, MOVE and ESEARCH, over a line that hands on one byte at a time. */
class PoorServerMailboxTest extends ScriptedMailboxTest {
    @Override
    void prepare() {
        rig.server
                .script()
                .always(ImapFault.NO_IDLE)
                .always(ImapFault.NO_MOVE)
                .always(ImapFault.NO_ESEARCH)
                .always(ImapFault.OUT_OF_ORDER)
                .always(ImapFault.ONE_BYTE)
                .without("SASL-IR", "LITERAL+", "ID");
    }
}
