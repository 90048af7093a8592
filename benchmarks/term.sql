-- A term of every student with every lesson, each attempted so many times. The lessons come as a JSON list of
-- {id, digest, steps, items, out_of}. The ids are in order of time, as the program makes them.

WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :times)
INSERT INTO attempt (school_id, id, person_id, classroom_id, lesson_id, number, quiz_digest,
                     points, out_of, help_route_right, opened_at, closed_at)
SELECT e.school_id, printf('%032x', row_number() OVER ()), e.person_id, e.classroom_id, l.value ->> 'id', n,
       l.value ->> 'digest', l.value ->> 'out_of' / 2, l.value ->> 'out_of', 1, :moment, :moment
FROM enrollment AS e CROSS JOIN json_each(:lessons) AS l CROSS JOIN numbers;

-- Of the last attempts alone: six million rows that no page reads would say nothing more.
INSERT INTO item_response (school_id, id, attempt_id, item_id, options, points, counter)
SELECT a.school_id, printf('%032x', row_number() OVER ()), a.id, i.value, '[]', 0, 1
FROM attempt AS a JOIN json_each(:lessons) AS l ON l.value ->> 'id' = a.lesson_id
CROSS JOIN json_each(l.value -> 'items') AS i WHERE a.number = :times;

INSERT INTO visit (school_id, id, person_id, lesson_id, step, sent_at)
SELECT e.school_id, printf('%032x', row_number() OVER ()), e.person_id, l.value ->> 'id', s.value, :moment
FROM enrollment AS e CROSS JOIN json_each(:lessons) AS l CROSS JOIN json_each(l.value -> 'steps') AS s;

INSERT INTO lesson_progress (school_id, id, person_id, lesson_id, steps_sent, last_step, attempts,
                             best_points, out_of, help_route_right)
SELECT e.school_id, printf('%032x', row_number() OVER ()), e.person_id, l.value ->> 'id',
       json_array_length(l.value -> 'steps'), l.value ->> '$.steps[#-1]', :times,
       l.value ->> 'out_of' / 2, l.value ->> 'out_of', 1
FROM enrollment AS e CROSS JOIN json_each(:lessons) AS l;

INSERT INTO item_tally (school_id, id, classroom_id, lesson_id, quiz_digest, item_id, option_id, chosen, missed)
SELECT c.school_id, printf('%032x', row_number() OVER ()), c.id, l.value ->> 'id', l.value ->> 'digest', i.value, '',
       50, 20
FROM classroom AS c CROSS JOIN json_each(:lessons) AS l CROSS JOIN json_each(l.value -> 'items') AS i;
