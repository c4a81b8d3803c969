-- Two people who turn out to be one: their entries get the id of the one who stays, and nothing else of them changes.
-- `wijksignaal.linking` holds the two ids, "from to", for one transaction (src/storage/linked-timeline.ts).
CREATE OR REPLACE FUNCTION "refuse_timeline_change"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  linking text := coalesce(current_setting('wijksignaal.linking', true), '');
  from_id text := split_part(linking, ' ', 1);
  to_id text := split_part(linking, ' ', 2);
BEGIN
  IF coalesce(current_setting('wijksignaal.erasing', true), '') = 'on' THEN
    IF TG_OP = 'DELETE' THEN
      RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE'
      AND (NEW."personId" IS NULL OR NEW."personId" = OLD."personId")
      AND (NEW."municipalityId", NEW."id", NEW."signalId", NEW."kind", NEW."visibility", NEW."platform", NEW."at")
        = (OLD."municipalityId", OLD."id", OLD."signalId", OLD."kind", OLD."visibility", OLD."platform", OLD."at")
      AND NEW."fromStatus" IS NOT DISTINCT FROM OLD."fromStatus"
      AND NEW."toStatus" IS NOT DISTINCT FROM OLD."toStatus" THEN
      RETURN NEW;
    END IF;
  END IF;
  IF linking <> '' AND TG_OP = 'UPDATE'
    AND (NEW."personId" IS NOT DISTINCT FROM OLD."personId"
      OR (OLD."personId" = from_id::uuid AND NEW."personId" = to_id::uuid))
    AND (NEW."data" IS NOT DISTINCT FROM OLD."data" OR NEW."data" = replace(OLD."data"::text, from_id, to_id)::jsonb)
    AND to_jsonb(NEW) - 'personId' - 'data' = to_jsonb(OLD) - 'personId' - 'data' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'The timeline is append-only: % refused.', TG_OP USING ERRCODE = 'restrict_violation';
END
$$;
