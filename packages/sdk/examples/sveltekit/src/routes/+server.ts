import { type RequestHandler, text } from '@sveltejs/kit';

export const GET: RequestHandler = ({ locals }) => text(`Hello, ${locals.authentication.user.email}!`);
