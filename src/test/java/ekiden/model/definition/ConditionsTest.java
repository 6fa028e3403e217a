package ekiden.model.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private static Conditions with(RecordComponent given, Object value) throws ReflectiveOperationException {
        List<Class<?>> types = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (RecordComponent one : Conditions.class.getRecordComponents()) {
            types.add(one.getType());
            values.add(one.getName().equals(given.getName()) ? value : null);
        }
        return Conditions.class.getConstructor(types.toArray(Class[]::new)).newInstance(values.toArray());
    }

    /** Of each list one that is not empty; what is in it does not matter here. */
    private static Object some(RecordComponent component) {
        return switch (component.getName()) {
            case "size" -> new SizeRange(1, 2);
            case "hasAttachment" -> false;
            case "include" -> List.of(Include.OWN);
            default -> List.of("one");
        };
    }

    @Test
    void whateverIsGivenIsACondition() throws ReflectiveOperationException {
        for (RecordComponent one : Conditions.class.getRecordComponents()) {
            Conditions conditions = with(one, some(one));
            assertThat(conditions.none())
                    .as(one.getName())
                    .isEqualTo(one.getName().equals("include"));
            assertThat(conditions.any()).as(one.getName()).isFalse();
        }
    }

    @Test
    void theEmptySubjectAloneIsAnyMail() throws ReflectiveOperationException {
        assertThat(Conditions.NONE.none()).isTrue();
        assertThat(Conditions.ANY.any()).isTrue();
        assertThat(Conditions.ANY.including(List.of(Include.AUTOMATIC)).any()).isTrue();
        for (RecordComponent one : Conditions.class.getRecordComponents()) {
            if (!one.getName().equals("subject") && !one.getName().equals("include")) {
                Conditions more = with(one, some(one));
                Conditions both = new Conditions(
                        more.from(),
                        more.to(),
                        more.cc(),
                        Conditions.ANY.subject(),
                        more.text(),
                        more.attachment(),
                        more.header(),
                        more.size(),
                        more.hasAttachment(),
                        more.authenticated(),
                        more.include());
                assertThat(both.any()).as(one.getName()).isFalse();
            }
        }
    }

    @Test
    void whatIsDoneInTheMailboxIsNothingOnlyWhereAllIsLeft() {
        assertThat(AfterReceive.NONE.none()).isTrue();
        assertThat(List.of(
                        AfterReceive.READ,
                        new AfterReceive(false, "word", null, false),
                        new AfterReceive(false, null, "Done", false),
                        new AfterReceive(false, null, null, true)))
                .noneMatch(AfterReceive::none);
    }
}
