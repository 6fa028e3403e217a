package ekiden.testing;

import ekiden.mail.address.AddressBook;
import ekiden.mail.address.AddressBookContract;
import ekiden.mail.address.Entry;
import ekiden.mail.address.Names;
import java.util.ArrayList;
import java.util.List;

class MemoryBookTest extends AddressBookContract {
    @Override
    protected AddressBook book(List<Contact> contacts, List<Crew> lists) {
        List<Entry> entries = new ArrayList<>();
        for (Contact contact : contacts) {
            List<String> names = new ArrayList<>(Names.of(List.of(), contact.family(), contact.given()));
            names.addAll(Names.of(List.of(), contact.familyReading(), contact.givenReading()));
            entries.add(new Entry.Person(contact.address(), contact.name(), "", names, contact.address()));
        }
        for (Crew crew : lists) {
            List<String> members = new ArrayList<>();
            crew.contacts().forEach(contact -> members.add(contact.address()));
            crew.lists().forEach(inner -> members.add("list " + inner.name()));
            entries.add(new Entry.Group("list " + crew.name(), crew.name(), "", List.of(crew.name()), null, members));
        }
        return new MemoryBook("memory", false, entries);
    }
}
