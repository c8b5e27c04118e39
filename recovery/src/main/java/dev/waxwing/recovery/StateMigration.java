package dev.waxwing.recovery;

/** Makes what was stored under an old type into a value of today's type. */
@FunctionalInterface
public interface StateMigration {

    /**
     * Called for every stored value of the old type, on the thread that restores.
     *
     * @param stored a {@link GenericObject} if the old type was a record or class, else what it
     *     was: a number, a text, a collection with generic parts
     * @return of today's type, not null
     * @throws Exception if there is no value of today's type for it; the start is refused, and the
     *     store stays as it was
     */
    Object migrate(Object stored) throws Exception;
}
