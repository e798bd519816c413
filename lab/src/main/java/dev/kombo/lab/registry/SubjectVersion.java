package dev.kombo.lab.registry;

/**
 * A schema's place in a subject.
 *
 * @param version number within the subject, from 1, never given twice
 * @param id the schema's number within the registry
 * @param deleted no longer listed or compared with; the schema can still be read by its id
 */
record SubjectVersion(int version, int id, boolean deleted) {

    SubjectVersion delete() {
        return new SubjectVersion(version, id, true);
    }
}
