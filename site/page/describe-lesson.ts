/** A lesson as schema.org's vocabulary has it. */
import type { LessonRecording } from '../site.ts';
import type { SiteContext } from './site-context.ts';

/** JSON-LD. */
export function describeLesson(
  { lesson, chapter, status }: LessonRecording,
  { base, recorded, name }: SiteContext,
): Readonly<Record<string, unknown>> {
  const seconds = lesson.minutesToRead * 60 + Math.ceil((chapter?.durationMs ?? 0) / 1000);
  return {
    '@context': 'https://schema.org',
    '@type': ['LearningResource', 'TechArticle'],
    headline: lesson.title,
    description: lesson.chapter.summary,
    timeRequired: `PT${Math.max(1, Math.round(seconds / 60))}M`,
    isPartOf: {
      '@type': 'Course',
      name: recorded.course.title,
      description: name,
      provider: { '@type': 'Organization', name },
    },
    ...(lesson.number === undefined ? {} : { position: lesson.number }),
    ...(status === 'verified' ? { lastReviewed: chapter?.startedAt ?? recorded.report?.date } : {}),
    ...(base === undefined ? {} : { url: `${base}${lesson.path}.html` }),
  };
}
