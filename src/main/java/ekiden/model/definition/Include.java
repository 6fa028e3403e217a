package ekiden.model.definition;

/** Mails that no watch takes unless it asks for them. */
public enum Include {
    /** Sent by a send-mail job of this Ekiden. */
    OWN,
    /** Bounces, receipts, answers of absence, and mails that go round in circles. */
    AUTOMATIC
}
