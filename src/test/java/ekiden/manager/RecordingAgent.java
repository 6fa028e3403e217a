package ekiden.manager;

import ekiden.link.AgentLink;
import ekiden.link.Assignment;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it was told. */
final class RecordingAgent implements AgentLink {
    final List<Assignment> assigned = new ArrayList<>();
    final List<String> changed = new ArrayList<>();
    boolean broken;

    @Override
    public void assigned(List<Assignment> assignments) {
        assigned.addAll(assignments);
        if (broken) {
            throw new IllegalStateException("the link broke");
        }
    }

    @Override
    public void watchesChanged(String mailbox) {
        changed.add(mailbox);
        if (broken) {
            throw new IllegalStateException("the link broke");
        }
    }

    <T extends Assignment> List<T> assigned(Class<T> type) {
        return assigned.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
