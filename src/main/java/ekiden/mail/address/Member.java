package ekiden.mail.address;

import ekiden.model.mail.Address;

/** A member of a distribution list. */
public sealed interface Member {
    /**
     * An address.
     *
     * @param address name and address
     */
    record Mailbox(Address address) implements Member {}

    /**
     * An entry of the same book.
     *
     * @param entry that entry
     */
    record Known(Entry entry) implements Member {}

    /**
     * A name, for which all books are asked.
     *
     * @param name as the list has it
     */
    record Named(String name) implements Member {}

    /**
     * Something the book does not have any more, or that is no address.
     *
     * @param shown as the list has it
     */
    record Missing(String shown) implements Member {}
}
