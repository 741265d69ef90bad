/** What a form sent. */
import { error } from '@sveltejs/kit';

/** Refuses a body that is no form: whoever sends it, the server has not failed. */
export async function formOf(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    error(400, 'What was sent is not the form of this page.');
  }
}
