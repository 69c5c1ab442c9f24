SELECT item_id, list(epoch_ms(timestamp) ORDER BY timestamp) AS times, list(target ORDER BY timestamp) AS targets
FROM read_csv($file)
GROUP BY item_id
