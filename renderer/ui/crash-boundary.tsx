import { Component } from 'react'
import type { ReactNode } from 'react'
import { useDesk, useTexts } from '../desk-hooks'
import type { Reporter } from '../services/reporter'
import { Button } from './button'
import { EmptyState } from './empty-state'

interface BoundaryProps {
  readonly report: Reporter
  readonly fallback: (reference: string, again: () => void) => ReactNode
  readonly children: ReactNode
}

class Boundary extends Component<BoundaryProps, { readonly reference: string | null }> {
  override state = { reference: null }

  override componentDidCatch(error: unknown): void {
    this.setState({ reference: this.props.report(error) })
  }

  static getDerivedStateFromError(): { reference: string } {
    return { reference: '' }
  }

  override render(): ReactNode {
    const { reference } = this.state
    if (reference === null) return this.props.children
    return this.props.fallback(reference, () => this.setState({ reference: null }))
  }
}

/** Keeps a fault in one part of the window from taking the rest with it. */
export function CrashBoundary({ children }: { readonly children: ReactNode }) {
  const { report } = useDesk()
  return (
    <Boundary
      report={report}
      fallback={(reference, again) => <Crashed reference={reference} again={again} />}
    >
      {children}
    </Boundary>
  )
}

function Crashed({ reference, again }: { readonly reference: string; readonly again: () => void }) {
  const { t } = useTexts()
  const { bridge } = useDesk()
  return (
    <EmptyState
      title={t('shell.crashed')}
      detail={`${t('shell.crashedDetail')} ${t('session.failedReference', { reference })}`}
      actions={
        <>
          <Button onPress={again}>{t('shell.reload')}</Button>
          <Button
            variant="quiet"
            onPress={() => void bridge.request('clipboard.writeText', { text: reference })}
          >
            {t('controls.copyReference')}
          </Button>
        </>
      }
    />
  )
}
