package ekiden.main;

/** The contract on a real Dovecot, where the connection goes over to TLS. */
class DovecotStartTlsMailboxUpIT extends DovecotMailboxUpIT {
    @Override
    String server() {
        return "host: localhost, port: %d, tls: starttls".formatted(dovecot.imapPort());
    }
}
