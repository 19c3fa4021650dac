/** DuckDB in this process, for what is checked and measured on a real engine. */
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

export interface EngineRows {
  names: string[];
  rows: unknown[][];
}

export class Engine {
  private readonly instance: DuckDBInstance;
  private readonly connection: DuckDBConnection;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.instance = instance;
    this.connection = connection;
  }

  /** A database in memory. @param options of DuckDB: "threads", "memory_limit" */
  static async open(options: Record<string, string> = {}): Promise<Engine> {
    const instance = await DuckDBInstance.create(':memory:', options);
    return new Engine(instance, await instance.connect());
  }

  /** Runs one statement or several. */
  async run(sql: string): Promise<void> {
    await this.connection.run(sql);
  }

  /** The rows of one query. Integers of 64 bits come as numbers where these hold them. */
  async rows(sql: string): Promise<EngineRows> {
    const reader = await this.connection.runAndReadAll(sql);
    const rows = reader.getRows().map((row) => row.map(plain));
    return { names: reader.columnNames(), rows };
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }
}

function plain(cell: unknown): unknown {
  return typeof cell === 'bigint' && Number.isSafeInteger(Number(cell)) ? Number(cell) : cell;
}
