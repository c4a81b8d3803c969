-- Keys are found by how they begin ("receipt:<signalId>:"): byte by byte, an index can do that wherever the database stands.
ALTER TABLE "Delivery" ALTER COLUMN "key" TYPE TEXT COLLATE "C";
