/** What the bench tells a peer through its environment. */

export function databaseUrl(): string {
  return variable('DATABASE_URL');
}

export function secret(): string {
  return variable('SECRET');
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}
